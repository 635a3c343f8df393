// SPDX-License-Identifier: MIT
#include "posterior.h"
#include "dispatch.h"
#include <string.h>

#pragma clang fp contract(fast)
// Vectors wider than the base machine's registers pass between inlined helpers only.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double pd __attribute__((ext_vector_type(8)));
typedef int64_t pl __attribute__((ext_vector_type(8)));

#define VB_BODY "posterior.inc.h"
#include "each_isa.h"

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
