// SPDX-License-Identifier: MIT
// Sixteen floats as one value: one zmm, two ymm or four xmm registers.
#ifndef VERBATIM_VECTOR_H
#define VERBATIM_VECTOR_H
#include <stdint.h>
typedef float vf __attribute__((ext_vector_type(16)));
typedef float vf_u __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t vi __attribute__((ext_vector_type(16)));
typedef uint32_t vu __attribute__((ext_vector_type(16)));
typedef uint64_t vl __attribute__((ext_vector_type(16)));
typedef double vd __attribute__((ext_vector_type(8)));
typedef double vd_u __attribute__((ext_vector_type(8), aligned(8)));
#define VB_LANES 16
#endif
