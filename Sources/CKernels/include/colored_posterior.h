// SPDX-License-Identifier: MIT
// Posterior means of mixtures of coloured templates, in double precision. Derivation and naive twin:
// Sources/Denoisers/Templates/ColoredTemplateDenoiser.swift, Tests/DenoisersTests.
//
// Goals, in order: 1. digits: residuals by direct differences, noise on its own path; 2. the result of a
// point depends on that point alone; 3. speed: no matrix larger than the templates.
#ifndef VERBATIM_COLORED_POSTERIOR_H
#define VERBATIM_COLORED_POSTERIOR_H
#include <stdint.h>

// Pixels of one channel padded to whole groups of vectors: the length of every row below.
int64_t vb_colored_padded(int64_t pixels);

typedef struct {
  const double *templates;    // (components, padded), zeros behind the pixels
  const double *squares;      // (components): |T|^2
  const double *color_means;  // (components, channels)
  const double *log_priors;   // (components), -infinity allowed
  int64_t components;
  int64_t channels;
  int64_t pixels;
  double alpha;
  double sigma;
  double variance;      // of the colours
  double determinants;  // factor of log(1 + alpha^2 s |T|^2 / sigma^2)
} vb_colored_mixture;

// Doubles of scratch space that the functions below need.
int64_t vb_colored_scratch(const vb_colored_mixture *mixture);

// For each row of points (count, channels pixels): the posterior means of x_0 and of the noise, same shape.
void vb_colored_posterior(const vb_colored_mixture *mixture, const double *points, int64_t count, double *clean,
                          double *noise, double *scratch);

// The posterior weights of the components, (count, components).
void vb_colored_weights(const vb_colored_mixture *mixture, const double *points, int64_t count, double *weights,
                        double *scratch);
#endif
