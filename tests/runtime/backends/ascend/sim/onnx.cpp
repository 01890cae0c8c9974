// SPDX-License-Identifier: Apache-2.0
// Reads the protobuf wire format; field numbers as in ONNX's onnx.proto.
#include "onnx.hpp"

#include <cstring>
#include <stdexcept>

namespace onnx {
namespace {

struct Field {
    uint64_t number, value;    // the value of a number
    std::string_view content;  // of everything else
};

class Message {
public:
    explicit Message(std::string_view bytes) : left(bytes) {}

    bool next(Field &field) {
        if (left.empty()) return false;
        uint64_t key = varint();
        field = {key >> 3, 0, {}};
        switch (key & 7) {
        case 0: field.value = varint(); break;
        case 1: field.content = take(8); break;
        case 2: field.content = take(varint()); break;
        case 5: field.content = take(4); break;
        default: throw std::runtime_error("not a protobuf message");
        }
        return true;
    }

    uint64_t varint() {
        uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            uint8_t byte = take(1)[0];
            value |= (uint64_t)(byte & 127) << shift;
            if (byte < 128) return value;
        }
        throw std::runtime_error("a number without end");
    }

    bool empty() const { return left.empty(); }

private:
    std::string_view left;

    std::string_view take(uint64_t size) {
        if (size > left.size()) throw std::runtime_error("the model is cut off");
        std::string_view taken = left.substr(0, size);
        left.remove_prefix(size);
        return taken;
    }
};

template <typename Read>
void each_field(std::string_view bytes, Read read) {
    Message message(bytes);
    for (Field field; message.next(field);) read(field);
}

float real(std::string_view content) {
    float value = 0;
    memcpy(&value, content.data(), sizeof value);
    return value;
}

// Repeated numbers are packed into one field, or are a field each.
void append_numbers(const Field &field, std::vector<int64_t> &numbers) {
    if (field.content.empty()) return numbers.push_back(field.value);
    for (Message packed(field.content); !packed.empty();) numbers.push_back(packed.varint());
}

void append_floats(std::string_view content, std::vector<float> &values) {
    size_t at = values.size();
    values.resize(at + content.size() / sizeof(float));
    memcpy(values.data() + at, content.data(), (values.size() - at) * sizeof(float));
}

Tensor tensor(std::string_view bytes) {
    Tensor read;
    each_field(bytes, [&](const Field &field) {
        switch (field.number) {
        case 1: append_numbers(field, read.dims); break;
        case 2: read.type = field.value; break;
        case 4:
        case 9: append_floats(field.content, read.values); break;
        case 8: read.name = field.content; break;
        case 13: throw std::runtime_error("a tensor's data lies in another file");
        }
    });
    return read;
}

void attribute(std::string_view bytes, std::map<std::string, Attribute> &attributes) {
    std::string name;
    Attribute read;
    each_field(bytes, [&](const Field &field) {
        switch (field.number) {
        case 1: name = field.content; break;
        case 2: read.real = real(field.content); break;
        case 3: read.number = field.value; break;
        }
    });
    attributes[name] = read;
}

Node node(std::string_view bytes) {
    Node read;
    each_field(bytes, [&](const Field &field) {
        switch (field.number) {
        case 1: read.inputs.emplace_back(field.content); break;
        case 2: read.outputs.emplace_back(field.content); break;
        case 3: read.name = field.content; break;
        case 4: read.op = field.content; break;
        case 5: attribute(field.content, read.attributes); break;
        case 7: read.domain = field.content; break;
        }
    });
    return read;
}

int64_t element_type(std::string_view type) {
    int64_t read = 0;
    each_field(type, [&](const Field &kind) {
        if (kind.number != 1) return;  // of tensors
        each_field(kind.content, [&](const Field &field) {
            if (field.number == 1) read = field.value;
        });
    });
    return read;
}

Value value(std::string_view bytes) {
    Value read;
    each_field(bytes, [&](const Field &field) {
        if (field.number == 1) read.name = field.content;
        if (field.number == 2) read.type = element_type(field.content);
    });
    return read;
}

void graph(std::string_view bytes, Model &model) {
    each_field(bytes, [&](const Field &field) {
        switch (field.number) {
        case 1: model.nodes.push_back(node(field.content)); break;
        case 5: model.constants.push_back(tensor(field.content)); break;
        case 11: model.inputs.push_back(value(field.content)); break;
        case 12: model.outputs.push_back(value(field.content)); break;
        }
    });
}

void opset(std::string_view bytes, Model &model) {
    std::string_view domain;
    int64_t version = 0;
    each_field(bytes, [&](const Field &field) {
        if (field.number == 1) domain = field.content;
        if (field.number == 2) version = field.value;
    });
    if (domain.empty() || domain == "ai.onnx") model.opset = version;
}

}  // namespace

Model read(std::string_view bytes) {
    Model model;
    each_field(bytes, [&](const Field &field) {
        if (field.number == 7) graph(field.content, model);
        if (field.number == 8) opset(field.content, model);
    });
    return model;
}

}  // namespace onnx
