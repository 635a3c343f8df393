// SPDX-License-Identifier: MIT
// Posterior means of isotropic mixtures with one shared variance, in double precision.
//
// Goals, in order: 1. digits: logits by direct differences, noise on its own path; 2. the result of
// a point depends on that point alone, not on its block; 3. speed without compiler flags.
#ifndef VERBATIM_POSTERIOR_H
#define VERBATIM_POSTERIOR_H
#include <stdint.h>

// A mixture seen at one time: components m_i (rows of means), log priors, alpha, and
// spread = 1 / (2 V), so that the logits are log_priors[i] - spread |x - alpha m_i|^2.
typedef struct {
  const double *means;       // (components, dimension), row-major
  const double *log_priors;  // components, all finite
  int64_t components;        // at least 1
  int64_t dimension;         // at least 1
  double alpha;
  double spread;
} vb_mixture;

// Doubles of scratch space that the functions below need.
int64_t vb_posterior_scratch(int64_t components, int64_t dimension);

// For each row x of points (count, dimension), with w = softmax of the logits:
//   residual = sum_i w_i (x - alpha m_i)    and    mean = sum_i w_i m_i,    both (count, dimension).
void vb_posterior(const vb_mixture *mixture, const double *points, int64_t count, double *residual, double *mean,
                  double *scratch);

// The weights w themselves, (count, components).
void vb_posterior_weights(const vb_mixture *mixture, const double *points, int64_t count, double *weights,
                          double *scratch);

// exp(x) for x <= 700, relative error below 1e-15; 0 below -708 (there exp would soon leave the normal numbers).
void vb_exp(const double *x, double *y, int64_t count);
#endif
