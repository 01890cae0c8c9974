// SPDX-License-Identifier: Apache-2.0
// The few fields of an ONNX file that the compiler reads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace onnx {

struct Tensor {
    std::string name;
    int64_t type = 0;
    std::vector<int64_t> dims;
    std::vector<float> values;
};

struct Attribute {
    int64_t number = 0;
    float real = 0;
};

struct Node {
    std::string name, domain, op;
    std::vector<std::string> inputs, outputs;
    std::map<std::string, Attribute> attributes;
};

struct Value {
    std::string name;
    int64_t type = 0;
};

struct Model {
    int64_t opset = 0;
    std::vector<Node> nodes;
    std::vector<Tensor> constants;
    std::vector<Value> inputs, outputs;
};

constexpr int64_t FLOAT = 1;

// Throws std::runtime_error when the bytes are no model.
Model read(std::string_view bytes);

}  // namespace onnx
