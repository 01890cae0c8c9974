// SPDX-License-Identifier: Apache-2.0
// Loading, unloading and asking what a model needs.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

static uint32_t next_id = 1;

static int has_id(const void *model, const void *id) {
    return ((const Model *)model)->id == *(const uint32_t *)id;
}

Model *model_find(uint32_t id) { return (Model *)handle_any(MODEL, has_id, &id); }

const int64_t *largest_gear(const Om *om) {
    int64_t most = -1;
    const int64_t *largest = NULL;
    for (int i = 0; i < om->gear_count; i++) {
        int64_t dims[64][8], bytes = 0;
        dims_of_gear(om, om->gears[i], dims);
        for (int j = 0; j < om->input_count; j++) bytes += tensor_bytes(&om->tensors[j], dims[j]);
        if (bytes > most) most = bytes, largest = om->gears[i];
    }
    return largest;
}

static aclError load(const void *data, size_t size_bytes, uint32_t *id) {
    Om *om;
    aclError code = om_read(data, size_bytes, &om);
    if (code) return code;
    if (strcmp(om->soc, soc_name())) {
        code = sim_fail(ACL_ERROR_GE_FAILURE, "E13029: the model is for %s, the device is %s", om->soc, soc_name());
    } else if (!device_memory_take(om->work_bytes + om->weight_bytes)) {
        code = sim_fail(ACL_ERROR_GE_MEMORY_ALLOCATION, "E19999: model needs %ld bytes", om->work_bytes + om->weight_bytes);
    }
    if (code) return om_free(om), code;
    Model *model = calloc(1, sizeof *model);
    *model = (Model){next_id++, current_context, om, NULL};
    handle_add(MODEL, model, 0);
    *id = model->id;
    return ACL_SUCCESS;
}

static aclError read_file(const char *path, char **data, size_t *size_bytes) {
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!file) return sim_fail(ACL_ERROR_GE_EXEC_LOAD_MODEL_PATH_INVALID, "E10001: no file %s", path ? path : "");
    fseek(file, 0, SEEK_END);
    *size_bytes = ftell(file);
    rewind(file);
    *data = malloc(*size_bytes + 1);
    *size_bytes = fread(*data, 1, *size_bytes, file);
    fclose(file);
    return ACL_SUCCESS;
}

EXPORT aclError aclmdlLoadFromFile(const char *path, uint32_t *id) {
    BEGIN();
    char *data;
    size_t size_bytes;
    aclError code = need_context();
    if (!code) code = read_file(path, &data, &size_bytes);
    if (code) END(code);
    code = load(data, size_bytes, id);
    free(data);
    END(code);
}

EXPORT aclError aclmdlLoadFromMem(const void *data, size_t size_bytes, uint32_t *id) {
    BEGIN();
    aclError code = need_context();
    END(code ? code : load(data, size_bytes, id));
}

EXPORT aclError aclmdlUnload(uint32_t id) {
    BEGIN();
    aclError code = need_context();
    Model *model = model_find(id);
    if (!code && !model) code = sim_fail(ACL_ERROR_GE_EXEC_MODEL_ID_INVALID, "E19999: no model %u", id);
    if (!code && model->context != current_context)
        code = sim_fail(ACL_ERROR_RT_MODEL_CONTEXT, "EE1003: the model was loaded in another context");
    if (code) END(code);
    handle_remove(MODEL, model);
    device_memory_give_back(model->om->work_bytes + model->om->weight_bytes);
    om_free(model->om);
    free(model);
    END(ACL_SUCCESS);
}

EXPORT aclError aclmdlQuerySize(const char *path, size_t *work_bytes, size_t *weight_bytes) {
    BEGIN();
    char *data;
    size_t size_bytes;
    Om *om;
    aclError code = read_file(path, &data, &size_bytes);
    if (code) END(code);
    code = om_read(data, size_bytes, &om);
    free(data);
    if (code) END(code);
    *work_bytes = om->work_bytes, *weight_bytes = om->weight_bytes;
    om_free(om);
    END(ACL_SUCCESS);
}
