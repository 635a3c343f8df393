// SPDX-License-Identifier: MIT
// One gradient-descent step's loss and gradient for the trainable isotropic mixture, over a range of
// training samples. Naive twin and derivation: Sources/Denoisers/DenoisingLoss.swift.
#ifndef VERBATIM_TRAINING_STEP_H
#define VERBATIM_TRAINING_STEP_H
#include <stdint.h>

typedef struct {
  int64_t dimension;        // d
  int64_t component_count;  // M
  int64_t sample_count;     // N, the divisor of the mean
  int64_t draws;            // noise draws per sample
  int64_t time_count;       // T
  const double *samples;    // (N, d)
  const double *means;      // (M, d)
  double std;               // shared by all components
  const double *log_priors; // (M), or null: equal priors
  const double *alpha;      // (T)
  const double *sigma;      // (T)
  const double *weight;     // (T): lambda(t) (a(t) sigma(t))^2, a the clean coefficient of the prediction
  uint64_t key;             // Philox key of the training stream
  uint32_t step;
  int32_t prune;            // skip components of negligible posterior weight in every draw of a block
  int32_t closed_form;      // integrate the noise exactly where one component is left
  double lost_weight;       // bound on the posterior weight of all skipped components, per draw (expected: closed form)
  const int32_t *fixed_times;  // (N) indices into T, or null: drawn from the stream
  const float *fixed_noise;    // (N, draws, d), or null: drawn from the stream
} vb_training_step;

// Counters of what a range cost; added to, not reset.
typedef struct {
  int64_t closed_samples;     // samples integrated in closed form
  int64_t active_components;  // sum over the other samples of the components kept
} vb_training_counts;

// Bytes of workspace one call needs; 64-byte aligned memory is expected.
int64_t vb_training_workspace(const vb_training_step *step);

// Adds this range's share of the mean loss to `loss` and of its gradient to `gradient` (M d values for
// the means, then one for std), for samples first..<last.
void vb_training_range(const vb_training_step *step, int64_t first, int64_t last, void *workspace,
                       double *gradient, double *loss, vb_training_counts *counts);

// The five matrix products of the dense step alone, on the same blocks and workspace, over `samples` samples:
// what a benchmark holds against the machine's sgemm peak. Returns the useful floating-point operations.
double vb_training_products(const vb_training_step *step, int64_t samples, void *workspace);

// The time index drawn for a sample at a step.
int64_t vb_training_time_index(uint64_t key, uint32_t step, uint32_t sample, int64_t time_count);
// The noise drawn for a sample at a step, (draws, d).
void vb_training_noise(uint64_t key, uint32_t step, uint32_t sample, float *out, int64_t count);
#endif
