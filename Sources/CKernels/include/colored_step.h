// SPDX-License-Identifier: MIT
// One gradient-descent step's loss and gradient for the trainable coloured templates, over a range of training
// samples. Naive twin and derivation: Sources/Denoisers/Templates/ColoredTemplateLoss.swift.
#ifndef VERBATIM_COLORED_STEP_H
#define VERBATIM_COLORED_STEP_H
#include <stdint.h>

typedef struct {
  int64_t pixels;           // P of one channel
  int64_t channels;         // C
  int64_t component_count;  // M
  int64_t template_count;   // K, templates that the samples share
  int64_t sample_count;     // N, the divisor of the mean
  int64_t draws;            // noise draws per sample
  int64_t time_count;       // T
  const double *base;       // (K, P): sample i is colors[i] (x) base[labels[i]]
  const int32_t *labels;    // (N)
  const double *colors;     // (N, C)
  const double *templates;    // (M, P)
  const double *color_means;  // (M, C)
  double std;                 // of the colours, shared by all components
  double determinants;        // factor of log(1 + s |T|^2 / rho^2)
  const double *alpha;        // (T)
  const double *sigma;        // (T)
  const double *weight;       // (T): lambda(t) (a(t) sigma(t))^2, a the clean coefficient of the prediction
  uint64_t key;               // Philox key of the training stream
  uint32_t step;
  int32_t prune;               // skip components of negligible posterior weight in a draw
  double lost_weight;          // bound on the posterior weight of all skipped components, per draw
  const int32_t *fixed_times;  // (N) indices into T, or null: drawn from the stream
  const float *fixed_noise;    // (N, draws, C P), or null: drawn from the stream
} vb_colored_step;

// Bytes of the tables that all ranges of a step share, and of the workspace of one range; 64-byte aligned.
int64_t vb_colored_table_bytes(const vb_colored_step *step);
int64_t vb_colored_workspace_bytes(const vb_colored_step *step);

// Fills what depends on the data alone; once.
void vb_colored_prepare(const vb_colored_step *step, void *tables);

// Fills the tables of components first..<last; before the ranges of every step.
void vb_colored_tables(const vb_colored_step *step, int64_t first, int64_t last, void *tables);

// Adds this range's share of the mean loss to `loss` and of its gradient to `gradient` (M P values of the templates,
// M C of the colour means, one of std) for samples first..<last; counts the components kept, summed over draws.
void vb_colored_range(const vb_colored_step *step, int64_t first, int64_t last, const void *tables, void *workspace,
                      double *gradient, double *loss, int64_t *active);
#endif
