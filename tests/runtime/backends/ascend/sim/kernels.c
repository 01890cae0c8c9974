// SPDX-License-Identifier: Apache-2.0
// The operators an offline model may consist of: MatMul, Gemm, Add, Relu, and Cast from uint8, which
// stands for what AIPP does on the device. Everything is float32.
#include <stdlib.h>
#include <string.h>

#include "sim.h"

typedef struct {
    float *values;
    int64_t dims[8];
    int rank, owned;
} Value;

static int64_t count_of(const Value *value) {
    int64_t count = 1;
    for (int i = 0; i < value->rank; i++) count *= value->dims[i];
    return count;
}

// Gears say what stands for -1: one number for all first dims, height and width, or all dims.
void dims_of_gear(const Om *om, const int64_t *gear, int64_t (*input_dims)[8]) {
    int next = 0;
    for (int i = 0; i < om->input_count; i++) {
        const Tensor *input = &om->tensors[i];
        int image = 0;
        for (int d = 0; d < input->rank; d++) {
            int64_t dim = input->dims[d];
            if (om->gear_kind == DIMS_GEARS && gear) dim = gear[next++];
            else if (dim < 0 && gear) dim = om->gear_kind == BATCH_GEARS ? gear[0] : gear[image++];
            input_dims[i][d] = dim;
        }
    }
}

static void matmul(const Value *a, const Value *b, const Value *c, int transposed, Value *y) {
    int64_t inner = a->dims[a->rank - 1], rows = count_of(a) / inner;
    int64_t columns = transposed ? b->dims[0] : b->dims[1];
    for (int64_t row = 0; row < rows; row++)
        for (int64_t column = 0; column < columns; column++) {
            float sum = c ? c->values[(row * columns + column) % count_of(c)] : 0;
            for (int64_t k = 0; k < inner; k++)
                sum += a->values[row * inner + k] * b->values[transposed ? column * inner + k : k * columns + column];
            y->values[row * columns + column] = sum;
        }
}

static void dims_of_result(const Kernel *kernel, const Value *a, const Value *b, Value *y) {
    y->rank = a->rank;
    memcpy(y->dims, a->dims, sizeof y->dims);
    if (b && (!strcmp(kernel->op, "MatMul") || !strcmp(kernel->op, "Gemm")))
        y->dims[a->rank - 1] = kernel->transposed ? b->dims[0] : b->dims[1];
}

static aclError run(const Kernel *kernel, const Value *a, const Value *b, const Value *c, Value *y) {
    int64_t count = count_of(y);
    if (!strcmp(kernel->op, "MatMul") || !strcmp(kernel->op, "Gemm")) {
        int64_t inner = a->dims[a->rank - 1];
        if (b->rank != 2 || b->dims[kernel->transposed ? 1 : 0] != inner) return ACL_ERROR_GE_FAILURE;
        matmul(a, b, c, kernel->transposed, y);
    } else if (!strcmp(kernel->op, "Add")) {
        for (int64_t i = 0; i < count; i++) y->values[i] = a->values[i] + b->values[i % count_of(b)];
    } else if (!strcmp(kernel->op, "Relu")) {
        for (int64_t i = 0; i < count; i++) y->values[i] = a->values[i] > 0 ? a->values[i] : 0;
    } else if (!strcmp(kernel->op, "Cast")) {
        const uint8_t *bytes = (const uint8_t *)a->values;
        for (int64_t i = 0; i < count; i++) y->values[i] = bytes[i];
    } else {
        return ACL_ERROR_GE_FAILURE;
    }
    return ACL_SUCCESS;
}

static void place(const Om *om, const int64_t (*input_dims)[8], const void **inputs, Value *values) {
    for (int i = 0; i < om->tensor_count; i++) {
        const Tensor *tensor = &om->tensors[i];
        int is_input = i < om->input_count;
        values[i].rank = tensor->rank;
        memcpy(values[i].dims, is_input ? input_dims[i] : tensor->dims, sizeof values[i].dims);
        values[i].values = is_input ? (float *)(inputs ? inputs[i] : NULL) : (float *)tensor->values;
    }
}

static Value *operand(Value *values, int index) { return index < 0 ? NULL : &values[index]; }

// With inputs NULL only the dims are worked out.
static aclError run_all(const Om *om, Value *values, int compute) {
    aclError code = ACL_SUCCESS;
    for (int i = 0; i < om->kernel_count && !code; i++) {
        const Kernel *kernel = &om->kernels[i];
        Value *y = &values[kernel->operands[0]], *a = operand(values, kernel->operands[1]);
        Value *b = operand(values, kernel->operands[2]), *c = operand(values, kernel->operands[3]);
        dims_of_result(kernel, a, b, y);
        if (!compute) continue;
        y->values = malloc(count_of(y) * sizeof(float) + 1);
        y->owned = 1;
        code = run(kernel, a, b, c, y);
    }
    return code;
}

aclError kernels_run(const Om *om, const int64_t (*input_dims)[8], const void **inputs, void **outputs) {
    Value values[64] = {0};
    place(om, input_dims, inputs, values);
    aclError code = run_all(om, values, 1);
    for (int i = 0; i < om->output_count && !code; i++) {
        const Value *value = &values[om->input_count + i];
        memcpy(outputs[i], value->values, count_of(value) * sizeof(float));
    }
    for (int i = 0; i < om->tensor_count; i++)
        if (values[i].owned) free(values[i].values);
    return code;
}

int output_dims(const Om *om, const int64_t (*input_dims)[8], int output, int64_t *dims) {
    Value values[64] = {0};
    place(om, input_dims, NULL, values);
    run_all(om, values, 0);
    const Value *value = &values[om->input_count + output];
    memcpy(dims, value->dims, sizeof value->dims);
    return value->rank;
}
