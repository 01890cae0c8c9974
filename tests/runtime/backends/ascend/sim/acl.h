// SPDX-License-Identifier: Apache-2.0
// The part of AscendCL's C ABI that is simulated; names and numbers as in CANN's acl_*.h.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef int aclError;
typedef struct Context *aclrtContext;
typedef struct Stream *aclrtStream;
typedef struct Event *aclrtEvent;
typedef struct aclDataBuffer aclDataBuffer;
typedef struct aclmdlDataset aclmdlDataset;
typedef struct aclmdlDesc aclmdlDesc;

enum {
    ACL_SUCCESS = 0,
    ACL_ERROR_INVALID_PARAM = 100000,
    ACL_ERROR_UNINITIALIZE = 100001,
    ACL_ERROR_REPEAT_INITIALIZE = 100002,
    ACL_ERROR_INVALID_FILE = 100003,
    ACL_ERROR_REPEAT_FINALIZE = 100037,
    ACL_ERROR_RT_PARAM_INVALID = 107000,
    ACL_ERROR_RT_INVALID_DEVICEID = 107001,
    ACL_ERROR_RT_CONTEXT_NULL = 107002,
    ACL_ERROR_RT_STREAM_CONTEXT = 107003,
    ACL_ERROR_RT_MODEL_CONTEXT = 107004,
    ACL_ERROR_GE_EXEC_LOAD_MODEL_PATH_INVALID = 145002,
    ACL_ERROR_GE_EXEC_MODEL_ID_INVALID = 145003,
    ACL_ERROR_GE_EXEC_MODEL_DATA_SIZE_INVALID = 145006,
    ACL_ERROR_GE_DYNAMIC_BATCH_SIZE_INVALID = 145013,
    ACL_ERROR_GE_AIPP_NOT_EXIST = 145021,
    ACL_ERROR_API_NOT_SUPPORT = 200001,
    ACL_ERROR_RT_MEMORY_ALLOCATION = 207001,
    ACL_ERROR_GE_MEMORY_ALLOCATION = 245000,
    ACL_ERROR_GE_FAILURE = 500002,
    ACL_ERROR_RT_STREAM_SYNC_TIMEOUT = 507046,
};

typedef enum { ACL_FLOAT = 0, ACL_INT32 = 3, ACL_UINT8 = 4, ACL_INT64 = 9 } aclDataType;
typedef enum { ACL_FORMAT_NCHW = 0, ACL_FORMAT_ND = 2 } aclFormat;

enum { NAME_LENGTH = 128, LONGEST_NAME = 256, MOST_DIMS = 128, MOST_GEARS = 128 };

typedef struct {
    char name[NAME_LENGTH];
    size_t dimCount;
    int64_t dims[MOST_DIMS];
} aclmdlIODims;

typedef struct {
    size_t batchCount;
    uint64_t batch[MOST_GEARS];
} aclmdlBatch;

typedef struct {
    size_t hwCount;
    uint64_t hw[MOST_GEARS][2];
} aclmdlHW;

typedef struct {
    int32_t cubeUtilization;
    int32_t vectorUtilization;
    int32_t aicpuUtilization;
    int32_t memoryUtilization;
    void *utilizationExtend;
} aclrtUtilizationInfo;

typedef struct {
    char version[128];
    char majorVersion[64];
    char minorVersion[64];
    char releaseVersion[64];
    char patchVersion[64];
    char reserved[128];
} aclCANNPackageVersion;

#define EXPORT __attribute__((visibility("default")))
