// SPDX-License-Identifier: Apache-2.0
// The part of CANN's graph engine that onnxruntime's provider calls, with the layout of CANN's headers
// (ge_ir_build.h, ascend_string.h, graph.h): what it hands out is held by a std::shared_ptr, whose
// release by the caller gives it back.
//
// Environment: ASCENDSIM_COMPILE_MS.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "compiler.hpp"
#include "sim.h"

namespace ge {

using graphStatus = uint32_t;
enum : graphStatus { GRAPH_SUCCESS = 0, GRAPH_FAILED = 0xFFFFFFFF, GRAPH_PARAM_INVALID = 50331649 };

class EXPORT AscendString {
public:
    AscendString(const char *text);
    bool operator<(const AscendString &other) const;
    const std::string &text() const { return *held; }

private:
    std::shared_ptr<std::string> held;
};

class EXPORT Graph {
public:
    explicit Graph(const char *name);
    onnx::Model &model() const { return *held; }

private:
    std::shared_ptr<onnx::Model> held;
};

struct ModelBufferData {
    std::shared_ptr<uint8_t> data;
    uint64_t length;
};

using Options = std::map<AscendString, AscendString>;

namespace {

std::map<std::string, std::string> global_options;
bool is_initialized;

void add_texts(const Options &options, std::map<std::string, std::string> &texts) {
    for (const auto &[key, value] : options) texts[key.text()] = value.text();
}

// Of the calls that hold the lock; everything that they throw is a message for the caller.
template <typename Work>
graphStatus answer(Work work) {
    try {
        work();
    } catch (const std::exception &error) {
        return sim_end(sim_fail(GRAPH_FAILED, "%s", error.what()));
    }
    return sim_end(GRAPH_SUCCESS);
}

template <typename T>
std::shared_ptr<T> counted(HandleKind kind, T *thing, void (*free_it)(T *)) {
    handle_add(kind, thing, 0);
    return {thing, [kind, free_it](T *given_back) {
                sim_lock();
                handle_remove(kind, given_back);
                sim_unlock();
                free_it(given_back);
            }};
}

void take_time() {
    const char *text = getenv("ASCENDSIM_COMPILE_MS");
    if (!text) return;
    sim_unlock();
    usleep(atoi(text) * 1000);
    sim_lock();
}

}  // namespace

AscendString::AscendString(const char *text) : held(std::make_shared<std::string>(text ? text : "")) {}

bool AscendString::operator<(const AscendString &other) const { return text() < other.text(); }

Graph::Graph(const char *) {
    sim_lock();
    held = counted<onnx::Model>(GRAPH, new onnx::Model, [](onnx::Model *model) { delete model; });
    sim_unlock();
}

EXPORT graphStatus aclgrphParseONNXFromMem(const char *bytes, size_t size_bytes, const Options &, Graph &graph) {
    BEGIN();
    return answer([&] {
        onnx::Model model = onnx::read({bytes, size_bytes});
        compiler::check_operators(model);
        graph.model() = model;
    });
}

EXPORT graphStatus aclgrphBuildInitialize(Options &options) {
    BEGIN();
    return answer([&] {
        global_options.clear();
        add_texts(options, global_options);
        is_initialized = true;
    });
}

EXPORT void aclgrphBuildFinalize() {
    sim_begin(__func__);
    is_initialized = false;
    sim_unlock();
}

EXPORT graphStatus aclgrphBuildModel(const Graph &graph, const Options &options, ModelBufferData &model) {
    BEGIN();
    return answer([&] {
        if (!is_initialized) throw compiler::Refused("E19999: the graph engine is not initialized");
        auto texts = global_options;
        add_texts(options, texts);
        std::string om = compiler::build(graph.model(), texts);
        take_time();
        auto *bytes = new uint8_t[om.size()];
        om.copy((char *)bytes, om.size());
        model.data = counted<uint8_t>(BUILT_MODEL, bytes, [](uint8_t *data) { delete[] data; });
        model.length = om.size();
    });
}

EXPORT graphStatus aclgrphSaveModel(const char *file, const ModelBufferData &model) {
    BEGIN();
    return answer([&] {
        std::string name = std::string(file) + ".om";
        FILE *opened = fopen(name.c_str(), "wb");
        size_t written = opened ? fwrite(model.data.get(), 1, model.length, opened) : 0;
        if (!opened || fclose(opened) || written != model.length)
            throw compiler::Refused("E19999: file " + name + " cannot be written");
    });
}

}  // namespace ge
