// SPDX-License-Identifier: Apache-2.0
// ONNX graphs of MatMul, Gemm, Add and Relu become the text of om.c, for the shapes that are asked for.
//
// precision_mode force_fp16 rounds constants to half precision, so that models differ by it; every
// other mode keeps float32.
#include "compiler.hpp"

#include <cstdlib>
#include <cstring>
#include <set>
#include <sstream>

#include "sim.h"

namespace compiler {
namespace {

using Dims = std::vector<int64_t>;

const std::set<std::string> OPERATORS = {"Add", "Gemm", "MatMul", "Relu"};

std::string option(const std::map<std::string, std::string> &options, const char *name) {
    auto found = options.find(name);
    return found == options.end() ? "" : found->second;
}

Dims numbers(const std::string &text) {
    std::istringstream stream(text);
    Dims dims;
    for (std::string each; std::getline(stream, each, ',');) dims.push_back(std::stoll(each));
    return dims;
}

// "x:2,4;y:2,3"
std::map<std::string, Dims> shapes(const std::string &text) {
    std::istringstream stream(text);
    std::map<std::string, Dims> shapes;
    for (std::string each; std::getline(stream, each, ';');) {
        size_t colon = each.rfind(':');
        if (colon == std::string::npos) throw Refused("E10002: input_shape " + text + " is invalid");
        shapes[each.substr(0, colon)] = numbers(each.substr(colon + 1));
    }
    return shapes;
}

float to_half_precision(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = (bits + 0xFFF + (bits >> 13 & 1)) & ~0x1FFFu;
    memcpy(&value, &bits, sizeof bits);
    return value;
}

class Writer {
public:
    Writer(const onnx::Model &model, const std::map<std::string, std::string> &options)
        : model(model), half(option(options, "ge.exec.precision_mode") == "force_fp16") {
        head << "SIMOM 1\nsoc " << option(options, "ge.socVersion") << "\n";
        asked = shapes(option(options, "input_shape"));
    }

    std::string text() {
        for (const auto &input : model.inputs) begin(input, asked[input.name]);
        for (const auto &constant : model.constants) dims[constant.name] = constant.dims;
        for (const auto &node : model.nodes) infer(node);
        for (const auto &input : model.inputs) add("input", input.name);
        for (const auto &output : model.outputs) add("output", output.name);
        for (const auto &node : model.nodes)
            if (!indices.count(node.outputs[0])) add("temporary", node.outputs[0]);
        for (const auto &constant : model.constants) add_constant(constant);
        for (const auto &node : model.nodes) add_kernel(node);
        head << "memory 4096 " << weights.size() + 64 << "\n";
        return head.str() + body.str() + "end\n" + weights;
    }

private:
    const onnx::Model &model;
    const bool half;
    std::map<std::string, Dims> asked, dims;
    std::map<std::string, int> indices;
    std::ostringstream head, body;
    std::string weights;

    void begin(const onnx::Value &input, const Dims &shape) {
        if (input.type != onnx::FLOAT) throw Refused("EZ3002: input " + input.name + " is not of float");
        if (shape.empty()) throw Refused("E10001: input_shape has no shape of " + input.name);
        dims[input.name] = shape;
    }

    void infer(const onnx::Node &node) {
        if (!dims.count(node.inputs[0])) throw Refused("E19999: " + node.op + " has no input");
        Dims result = dims[node.inputs[0]];
        if (node.op == "MatMul" || node.op == "Gemm") {
            const Dims &b = dims[node.inputs[1]];
            int transposed = is_set(node, "transB");
            if (b.size() != 2 || result.empty() || result.back() != b[transposed ? 1 : 0])
                throw Refused("EZ9999: InferShape of " + node.name + ", optype [" + node.op + "] failed");
            result.back() = b[transposed ? 0 : 1];
        }
        dims[node.outputs[0]] = result;
    }

    static int is_set(const onnx::Node &node, const char *name) {
        auto found = node.attributes.find(name);
        return found != node.attributes.end() && found->second.number;
    }

    void add(const char *kind, const std::string &name) {
        int index = indices.size();
        indices[name] = index;
        body << kind << " " << name << " " << ACL_FLOAT << " " << dims[name].size();
        for (int64_t size : dims[name]) body << " " << size;
        if (strcmp(kind, "constant")) body << "\n";
    }

    void add_constant(const onnx::Tensor &constant) {
        if (constant.type != onnx::FLOAT) throw Refused("EZ3002: " + constant.name + " is not of float");
        add("constant", constant.name);
        body << " " << weights.size() << "\n";
        for (float value : constant.values) {
            float kept = half ? to_half_precision(value) : value;
            weights.append((const char *)&kept, sizeof kept);
        }
    }

    void add_kernel(const onnx::Node &node) {
        body << "kernel " << node.op << " " << indices[node.outputs[0]];
        for (size_t i = 0; i < 3; i++)
            body << " " << (i < node.inputs.size() && !node.inputs[i].empty() ? indices[node.inputs[i]] : -1);
        body << " " << is_set(node, "transB") << "\n";
    }
};

void check(const onnx::Node &node, int64_t opset) {
    std::string type = (node.domain.empty() ? "ai.onnx" : node.domain) + "::" + std::to_string(opset) + "::" + node.op;
    std::string where = "Op [" + node.name + ", optype [" + type + "]]";
    if (!OPERATORS.count(node.op) || !(node.domain.empty() || node.domain == "ai.onnx"))
        throw Refused("EZ9010: No parser is registered for " + where + ".");
    for (const auto &[name, attribute] : node.attributes) {
        bool is_one = name == "alpha" || name == "beta";
        if (is_one ? attribute.real != 1 : attribute.number && name != "transB")
            throw Refused("EZ3002: " + where + " is unsupported with " + name + ".");
    }
}

}  // namespace

void check_operators(const onnx::Model &model) {
    for (const auto &node : model.nodes) check(node, model.opset);
}

std::string build(const onnx::Model &model, const std::map<std::string, std::string> &options) {
    return Writer(model, options).text();
}

}  // namespace compiler
