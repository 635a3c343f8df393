// SPDX-License-Identifier: MIT
#include "posterior.h"
#include "dispatch.h"
#include <string.h>

#pragma clang fp contract(fast)
// Vectors wider than the base machine's registers pass between inlined helpers only.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double pd __attribute__((ext_vector_type(8)));
typedef int64_t pl __attribute__((ext_vector_type(8)));

// Vectors per block: as many as leave two tiles of accumulators in registers.
#if defined(VB_X86)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define VB_NAME(name) VB_CONCAT(name, _v4)
#define VB_GROUP 4
#include "posterior.inc.h"
#undef VB_GROUP
#undef VB_NAME
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define VB_NAME(name) VB_CONCAT(name, _v3)
#define VB_GROUP 2
#include "posterior.inc.h"
#undef VB_GROUP
#undef VB_NAME
#pragma clang attribute pop
#endif
#define VB_NAME(name) VB_CONCAT(name, _base)
#define VB_GROUP 1
#include "posterior.inc.h"
#undef VB_GROUP
#undef VB_NAME

static void run(const vb_mixture *mixture, const double *points, int64_t count, double *residual, double *mean,
                double *weights, double *scratch) {
#if defined(VB_X86)
  if (vb_isa_level() == 4) return posterior_v4(mixture, points, count, residual, mean, weights, scratch);
  if (vb_isa_level() == 3) return posterior_v3(mixture, points, count, residual, mean, weights, scratch);
#endif
  posterior_base(mixture, points, count, residual, mean, weights, scratch);
}

int64_t vb_posterior_scratch(int64_t components, int64_t dimension) {
  // Lanes of the largest block, the active list, and room to align.
  return (components + dimension) * 4 * 8 + components + 8;
}

void vb_posterior(const vb_mixture *mixture, const double *points, int64_t count, double *residual, double *mean,
                  double *scratch) {
  run(mixture, points, count, residual, mean, 0, scratch);
}

void vb_posterior_weights(const vb_mixture *mixture, const double *points, int64_t count, double *weights,
                          double *scratch) {
  run(mixture, points, count, 0, 0, weights, scratch);
}

void vb_exp(const double *x, double *y, int64_t count) {
#if defined(VB_X86)
  if (vb_isa_level() == 4) return exp_v4(x, y, count);
  if (vb_isa_level() == 3) return exp_v3(x, y, count);
#endif
  exp_base(x, y, count);
}
