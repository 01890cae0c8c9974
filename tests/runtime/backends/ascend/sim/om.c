// SPDX-License-Identifier: Apache-2.0
// The simulator's offline model: a text header, a line for each part, then the weights.
//
//   SIMOM 1
//   soc Ascend310P3
//   memory 4096 1024                       work and weight bytes
//   input x 0 2 -1 4                       name, data type, rank, dims
//   output y 0 2 -1 3
//   temporary t 0 2 -1 3
//   constant w 0 2 4 3 0                   and where its values begin, in bytes
//   gear batch 1 | gear image 2 | gear dims 2: how many numbers, then they: one line for each gear
//   kernel Gemm 1 0 3 -1 0                 the result, up to three arguments, transB
//   end
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

size_t dtype_bytes(int dtype) {
    switch (dtype) {
    case ACL_UINT8: return 1;
    case ACL_INT64: return 8;
    default: return 4;
    }
}

int64_t tensor_bytes(const Tensor *tensor, const int64_t *dims) {
    int64_t bytes = dtype_bytes(tensor->dtype);
    for (int i = 0; i < tensor->rank; i++) bytes *= dims[i];
    return bytes;
}

static int read_numbers(char **at, int64_t *numbers, int count) {
    for (int i = 0; i < count; i++) {
        char *end;
        numbers[i] = strtoll(*at, &end, 10);
        if (end == *at) return 0;
        *at = end;
    }
    return 1;
}

static int read_tensor(Om *om, char *at, int64_t *offset) {
    if (om->tensor_count == 64) return 0;
    Tensor *tensor = &om->tensors[om->tensor_count++];
    int used;
    if (sscanf(at, "%255s %d %d%n", tensor->name, &tensor->dtype, &tensor->rank, &used) != 3) return 0;
    at += used;
    if (tensor->rank < 0 || tensor->rank > 8 || !read_numbers(&at, tensor->dims, tensor->rank)) return 0;
    return !offset || read_numbers(&at, offset, 1);
}

static int read_gear(Om *om, char *at) {
    char kind[16];
    int used;
    if (om->gear_count == MOST_GEARS || sscanf(at, "%15s %d%n", kind, &om->gear_width, &used) != 2) return 0;
    at += used;
    om->gear_kind = !strcmp(kind, "batch") ? BATCH_GEARS : !strcmp(kind, "image") ? IMAGE_GEARS : DIMS_GEARS;
    return om->gear_width <= 32 && read_numbers(&at, om->gears[om->gear_count++], om->gear_width);
}

static int read_kernel(Om *om, char *at) {
    if (om->kernel_count == 32) return 0;
    Kernel *kernel = &om->kernels[om->kernel_count++];
    int *operands = kernel->operands;
    return sscanf(at, "%15s %d %d %d %d %d", kernel->op, &operands[0], &operands[1], &operands[2], &operands[3], &kernel->transposed) == 6;
}

static int read_line(Om *om, char *line, int64_t *offsets) {
    char word[16];
    int used = 0;
    if (sscanf(line, "%15s%n", word, &used) != 1) return 0;
    char *rest = line + used;
    if (!strcmp(word, "soc")) return sscanf(rest, "%31s", om->soc) == 1;
    if (!strcmp(word, "memory")) return sscanf(rest, "%ld %ld", &om->work_bytes, &om->weight_bytes) == 2;
    if (!strcmp(word, "input")) return om->input_count++, read_tensor(om, rest, NULL);
    if (!strcmp(word, "output")) return om->output_count++, read_tensor(om, rest, NULL);
    if (!strcmp(word, "temporary")) return read_tensor(om, rest, NULL);
    if (!strcmp(word, "constant")) {
        int64_t *offset = &offsets[om->tensor_count];
        return read_tensor(om, rest, offset);
    }
    if (!strcmp(word, "gear")) return read_gear(om, rest);
    return !strcmp(word, "kernel") && read_kernel(om, rest);
}

static int place_constants(Om *om, const int64_t *offsets, const char *weights, size_t size_bytes) {
    om->weights = malloc(size_bytes + 1);
    memcpy(om->weights, weights, size_bytes);
    for (int i = 0; i < om->tensor_count; i++) {
        if (offsets[i] < 0) continue;
        int64_t end = offsets[i] + tensor_bytes(&om->tensors[i], om->tensors[i].dims);
        if (end > (int64_t)size_bytes) return 0;
        om->tensors[i].values = (const float *)(om->weights + offsets[i]);
    }
    return 1;
}

aclError om_read(const void *data, size_t size_bytes, Om **read) {
    const char *at = data, *end = at + size_bytes;
    if (size_bytes < 8 || memcmp(at, "SIMOM 1\n", 8))
        return sim_fail(ACL_ERROR_GE_EXEC_MODEL_DATA_SIZE_INVALID, "E10032: not an offline model");
    Om *om = *read = calloc(1, sizeof *om);
    int64_t offsets[64];
    memset(offsets, -1, sizeof offsets);
    for (at += 8; at < end;) {
        const char *newline = memchr(at, '\n', end - at);
        char line[1024] = "";
        if (!newline || newline - at >= 1024) break;
        memcpy(line, at, newline - at);
        at = newline + 1;
        if (!strcmp(line, "end")) {
            if (place_constants(om, offsets, at, end - at)) return ACL_SUCCESS;
            break;
        }
        if (!read_line(om, line, offsets)) break;
    }
    om_free(om);
    return sim_fail(ACL_ERROR_GE_EXEC_MODEL_DATA_SIZE_INVALID, "E10032: offline model is cut off or broken");
}

void om_free(Om *om) {
    free(om->weights);
    free(om);
}
