// SPDX-License-Identifier: MIT
// The optimizer's elementwise loops, fused. Naive twins: Sources/Training/{Adam,UpdateMomentum}.swift.
#ifndef VERBATIM_OPTIMIZER_H
#define VERBATIM_OPTIMIZER_H
#include <stdint.h>

typedef struct {
  double scale;  // gradient clipping
  double rate;
  double beta1, beta2, epsilon;
  double correction1, correction2;  // 1 - beta^k
  double decay;                     // of the average of the updates
  double debias;                    // 1 - decay^k
} vb_update;

// parameters += debiased average of Adam's updates; all arrays have `count` elements.
void vb_optimizer_update(const vb_update *u, int64_t count, const double *gradient, double *first, double *second,
                         double *average, double *parameters);

// Adds `parts - 1` further arrays, `stride` apart, to the first one, in order; returns the sum of squares.
double vb_reduce_parts(double *values, int64_t count, int64_t parts, int64_t stride);
#endif
