// SPDX-License-Identifier: Apache-2.0
// What the simulator's files share.
//
// It is as strict as CANN is documented to be, and stricter where a device would answer with
// garbage: nothing copied or computed by an asynchronous call is there before its stream was
// synchronised, and what a caller overwrites before that is lost.
//
// Environment: ASCENDSIM_SOC, ASCENDSIM_DEVICES, ASCENDSIM_MEMORY_BYTES, ASCENDSIM_FAULTS (a file,
// see faults.c), ASCENDSIM_CALLS (a file that gets "pid call", a line for each call),
// ASCENDSIM_COSTS_US ("1:244,8:843" by gear), ASCENDSIM_COPY_US_PER_MB, ASCENDSIM_COMPILE_MS,
// ASCENDSIM_CANN_VERSION.
#pragma once

#include "acl.h"

#ifdef __cplusplus
extern "C" {
#endif

// faults.c: every entry point begins with BEGIN, which holds the one lock and may inject a fault.
aclError sim_begin(const char *call);
aclError sim_end(aclError code);
aclError sim_fail(aclError code, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sim_lock(void);
void sim_unlock(void);
#define BEGIN()                              \
    do {                                     \
        aclError begun = sim_begin(__func__); \
        if (begun != ACL_SUCCESS) return sim_end(begun); \
    } while (0)
#define END(code) return sim_end(code)
// Of a call that returns a handle: a fault is a null pointer.
#define BEGIN_HANDLE()                                      \
    do {                                                    \
        if (sim_begin(__func__)) return sim_unlock(), NULL; \
    } while (0)

// handles.c: everything that must be given back.
typedef enum { CONTEXT, STREAM, EVENT, DEVICE_MEMORY, HOST_MEMORY, MODEL, DESC, DATASET, BUFFER,
    TENSOR_DESC, OP_ATTRIBUTES, GRAPH, BUILT_MODEL, HANDLE_KINDS } HandleKind;
void handle_add(HandleKind kind, const void *handle, size_t size_bytes);
int handle_is(HandleKind kind, const void *handle);
int handle_remove(HandleKind kind, const void *handle);
size_t handle_size(HandleKind kind, const void *handle);
const void *handle_any(HandleKind kind, int (*wanted)(const void *, const void *), const void *with);
int handles_live(void);

// runtime.c
typedef struct Context {
    int device;
    int is_default;
} Context;
extern __thread Context *current_context;
aclError need_context(void);
int device_memory_take(size_t size_bytes);
void device_memory_give_back(size_t size_bytes);
const char *soc_name(void);

// stream.c
typedef void (*Work)(void *what);
aclError stream_check(aclrtStream stream);
void stream_push(aclrtStream stream, Work work, void *what, int64_t cost_ns, int on_cores);
void stream_drain(aclrtStream stream);
aclrtStream default_stream(void);

// om.c: the file, in memory.
typedef struct {
    char name[LONGEST_NAME];
    int dtype;
    int rank;
    int64_t dims[8];
    const float *values;  // of a constant, else NULL
} Tensor;

typedef struct {
    char op[16];
    int operands[4];  // indices of tensors: the result, then the arguments; -1 for none
    int transposed;   // Gemm's transB
} Kernel;

typedef enum { NO_GEARS, BATCH_GEARS, IMAGE_GEARS, DIMS_GEARS } GearKind;

typedef struct Om {
    char soc[32];
    int64_t work_bytes, weight_bytes;
    int input_count, output_count, tensor_count, kernel_count, gear_count, gear_width;
    GearKind gear_kind;
    int64_t gears[MOST_GEARS][32];
    Tensor tensors[64];  // inputs, then outputs, then the others
    Kernel kernels[32];
    char *weights;
} Om;

aclError om_read(const void *data, size_t size_bytes, Om **om);
void om_free(Om *om);
size_t dtype_bytes(int dtype);
int64_t tensor_bytes(const Tensor *tensor, const int64_t *dims);

// kernels.c
aclError kernels_run(const Om *om, const int64_t (*input_dims)[8], const void **inputs, void **outputs);
void dims_of_gear(const Om *om, const int64_t *gear, int64_t (*input_dims)[8]);
int output_dims(const Om *om, const int64_t (*input_dims)[8], int output, int64_t *dims);

// model.c
typedef struct Model {
    uint32_t id;
    Context *context;
    Om *om;
    const int64_t *gear;  // the one last set, for aclmdlGetCurOutputDims
} Model;
Model *model_find(uint32_t id);
const int64_t *largest_gear(const Om *om);

#ifdef __cplusplus
}
#endif
