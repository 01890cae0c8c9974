// SPDX-License-Identifier: Apache-2.0
// Tensor descriptions and operators that run by themselves: none is compiled here.
#include <stdlib.h>
#include <string.h>

#include "sim.h"

typedef struct aclTensorDesc {
    int dtype, rank;
    int64_t dims[8];
} aclTensorDesc;

EXPORT size_t aclDataTypeSize(int dtype) { return dtype_bytes(dtype); }

EXPORT aclTensorDesc *aclCreateTensorDesc(int dtype, int rank, const int64_t *dims, int format) {
    (void)format;
    BEGIN_HANDLE();
    aclTensorDesc *desc = calloc(1, sizeof *desc);
    desc->dtype = dtype, desc->rank = rank < 8 ? rank : 8;
    memcpy(desc->dims, dims, desc->rank * sizeof *dims);
    handle_add(TENSOR_DESC, desc, 0);
    sim_unlock();
    return desc;
}

EXPORT void aclDestroyTensorDesc(const aclTensorDesc *desc) {
    sim_lock();
    if (handle_remove(TENSOR_DESC, desc)) free((void *)desc);
    sim_unlock();
}

EXPORT size_t aclGetTensorDescNumDims(const aclTensorDesc *desc) { return desc ? desc->rank : 0; }

EXPORT aclError aclGetTensorDescDimV2(const aclTensorDesc *desc, size_t index, int64_t *size) {
    BEGIN();
    if (!desc || index >= (size_t)desc->rank) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0001: no dim %zu", index));
    *size = desc->dims[index];
    END(ACL_SUCCESS);
}

EXPORT size_t aclGetTensorDescSize(const aclTensorDesc *desc) {
    size_t bytes = desc ? dtype_bytes(desc->dtype) : 0;
    for (int i = 0; desc && i < desc->rank; i++) bytes *= desc->dims[i];
    return bytes;
}

EXPORT aclError aclSetTensorConst(aclTensorDesc *desc, void *data, size_t size_bytes) {
    (void)desc, (void)data, (void)size_bytes;
    BEGIN();
    END(ACL_SUCCESS);
}

// Of models without fixed output shapes, which the simulator does not have.
EXPORT aclTensorDesc *aclmdlGetDatasetTensorDesc(const aclmdlDataset *dataset, size_t index) {
    (void)dataset, (void)index;
    return NULL;
}

EXPORT void *aclopCreateAttr(void) {
    BEGIN_HANDLE();
    void *attributes = malloc(1);
    handle_add(OP_ATTRIBUTES, attributes, 0);
    sim_unlock();
    return attributes;
}

EXPORT void aclopDestroyAttr(const void *attributes) {
    sim_lock();
    if (handle_remove(OP_ATTRIBUTES, attributes)) free((void *)attributes);
    sim_unlock();
}

static aclError set_attribute(const void *attributes, const char *call) {
    aclError code = sim_begin(call);
    if (!code && !handle_is(OP_ATTRIBUTES, attributes)) code = sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such attributes");
    return sim_end(code);
}

EXPORT aclError aclopSetAttrBool(void *attributes, const char *name, uint8_t value) {
    (void)name, (void)value;
    return set_attribute(attributes, __func__);
}

EXPORT aclError aclopSetAttrFloat(void *attributes, const char *name, float value) {
    (void)name, (void)value;
    return set_attribute(attributes, __func__);
}

EXPORT aclError aclopSetAttrInt(void *attributes, const char *name, int64_t value) {
    (void)name, (void)value;
    return set_attribute(attributes, __func__);
}

EXPORT aclError aclopSetAttrListInt(void *attributes, const char *name, int count, const int64_t *values) {
    (void)name, (void)count, (void)values;
    return set_attribute(attributes, __func__);
}

EXPORT aclError aclopSetAttrString(void *attributes, const char *name, const char *value) {
    (void)name, (void)value;
    return set_attribute(attributes, __func__);
}

EXPORT aclError aclopCompileAndExecute(const char *op) {  // the other arguments do not matter
    BEGIN();
    END(sim_fail(ACL_ERROR_GE_FAILURE, "EZ3003: No supported Ops kernel and engine are found for [%s], optype [%s].", op, op));
}
