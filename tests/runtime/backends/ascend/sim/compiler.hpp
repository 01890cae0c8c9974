// SPDX-License-Identifier: Apache-2.0
// Makes offline models of ONNX ones.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "onnx.hpp"

namespace compiler {

// Its text is CANN's message.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Throws Refused for an operator that om.c has no kernel for, as CANN's parser does.
void check_operators(const onnx::Model &model);

// The content of an .om file. Throws Refused.
std::string build(const onnx::Model &model, const std::map<std::string, std::string> &options);

}  // namespace compiler
