// SPDX-License-Identifier: MIT
#include "assign.h"
#include "dispatch.h"
#include "vector.h"
#include <math.h>

// Off, so that every instruction set and the naive twin round alike.
#pragma clang fp contract(off)
// Vectors wider than the base machine's registers pass between inlined helpers only.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double vd_u __attribute__((ext_vector_type(8), aligned(8)));
typedef int64_t vq __attribute__((ext_vector_type(8)));

// Points per tile: 16 accumulators and their operands fill the 32 registers of AVX-512; elsewhere one point.
#if defined(VB_X86)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define VB_NAME(name) VB_CONCAT(name, _v4)
#define VB_POINTS 4
#include "assign.inc.h"
#undef VB_POINTS
#undef VB_NAME
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define VB_NAME(name) VB_CONCAT(name, _v3)
#define VB_POINTS 1
#include "assign.inc.h"
#undef VB_POINTS
#undef VB_NAME
#pragma clang attribute pop
#endif
#define VB_NAME(name) VB_CONCAT(name, _base)
#define VB_POINTS 1
#include "assign.inc.h"
#undef VB_POINTS
#undef VB_NAME

#if defined(VB_X86)
#define VB_CALL(name, ...)                                          \
  do {                                                              \
    if (vb_isa_level() == 4) return name##_v4(__VA_ARGS__);         \
    if (vb_isa_level() == 3) return name##_v3(__VA_ARGS__);         \
    name##_base(__VA_ARGS__);                                       \
  } while (0)
#else
#define VB_CALL(name, ...) name##_base(__VA_ARGS__)
#endif

void vb_assign(const double *points, int64_t count, const double *packed, int64_t references, int64_t dimension,
               double *best, int32_t *index) {
  VB_CALL(assign, points, count, packed, references, dimension, best, index);
}

void vb_distance_rows(const double *points, int64_t count, const double *packed, int64_t references,
                      int64_t dimension, double *out, int64_t stride) {
  VB_CALL(pair_rows, points, count, packed, references, dimension, 0, out, stride);
}

void vb_product_rows(const double *points, int64_t count, const double *packed, int64_t references,
                     int64_t dimension, double *out, int64_t stride) {
  VB_CALL(pair_rows, points, count, packed, references, dimension, 1, out, stride);
}

void vb_assign_table(const double *table, int64_t stride, int64_t means, int64_t samples, const double *scale,
                     const double *offset, double *best, int32_t *index) {
  VB_CALL(assign_table, table, stride, means, samples, scale, offset, best, index);
}

void vb_two_smallest(const double *base, const double *product, double slope, int64_t count, double *smallest) {
  VB_CALL(two_smallest, base, product, slope, count, smallest);
}

void vb_add_row(double *sum, const double *row, int64_t count) { VB_CALL(add_row, sum, row, count); }
