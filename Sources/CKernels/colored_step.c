// SPDX-License-Identifier: MIT
#include "colored_step.h"
#include "colored_posterior.h"
#include "dispatch.h"
#include "training_step.h"
#include "vector.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)
#pragma clang diagnostic ignored "-Wpsabi"

// Draws screened together: enough rows to fill the product's register tiles.
#define VB_COLORED_BLOCK 16

// Shared by the ranges of a step. Component j and data template k: a = <T_j, B_k> / |T_j|^2, n = B_k - a T_j.
typedef struct {
  int64_t padded;  // P padded, the length of rows
  int64_t lanes;   // M padded to vectors of doubles
  int64_t width;   // M + K padded to vectors of floats
  double *rows;    // (M, padded) the templates
  double *base;    // (K, padded) the data's templates
  double *squares; // (lanes) |T|^2
  double *means;   // (C, lanes) colour means, transposed
  double *share;   // (K, lanes) a
  double *across;  // (K, lanes) |n|^2, by direct differences
  float *columns;  // (P, width) templates and data templates, transposed
} vb_colored_tables_t;

typedef struct {
  int32_t *kept;  // (M)
  float *drawn;   // (samples of a block, draws, C P)
  float *projections;  // (block C, width)
  double *logits, *inverse;  // (lanes)
  double *noise;             // (C, padded) one draw
  double *error;             // (C, padded) clean estimate - sample
  double *along, *pull, *shift, *color, *slope, *cross;  // (M, C) e, pi, tau, b, <error, T>, <error, n>
  double *weights, *inner;                               // (M)
} vb_colored_workspace_t;

#define VB_TAKE(field, type, count)                           \
  do {                                                        \
    field = (type *)(memory + at);                            \
    at += ((int64_t)((count) * sizeof(type)) + 63) / 64 * 64; \
  } while (0)

static int64_t table_layout(const vb_colored_step *p, char *memory, vb_colored_tables_t *t) {
  int64_t m = p->component_count, k = p->template_count, at = 0;
  t->padded = vb_colored_padded(p->pixels);
  t->lanes = (m + 7) / 8 * 8;
  t->width = (m + k + VB_LANES - 1) / VB_LANES * VB_LANES;
  VB_TAKE(t->rows, double, m * t->padded);
  VB_TAKE(t->base, double, k * t->padded);
  VB_TAKE(t->squares, double, t->lanes);
  VB_TAKE(t->means, double, p->channels * t->lanes);
  VB_TAKE(t->share, double, k * t->lanes);
  VB_TAKE(t->across, double, k * t->lanes);
  VB_TAKE(t->columns, float, p->pixels * t->width);
  return at;
}

static int64_t block_samples(const vb_colored_step *p) {
  return p->draws < VB_COLORED_BLOCK ? VB_COLORED_BLOCK / p->draws : 1;
}

static int64_t workspace_layout(const vb_colored_step *p, char *memory, vb_colored_workspace_t *ws) {
  vb_colored_tables_t t;
  table_layout(p, 0, &t);
  int64_t m = p->component_count, c = p->channels, image = c * p->pixels, at = 0;
  VB_TAKE(ws->kept, int32_t, m + 1);
  VB_TAKE(ws->drawn, float, block_samples(p) * p->draws * image);
  VB_TAKE(ws->projections, float, VB_COLORED_BLOCK * c * t.width);
  VB_TAKE(ws->logits, double, t.lanes);
  VB_TAKE(ws->inverse, double, t.lanes);
  VB_TAKE(ws->noise, double, c * t.padded);
  VB_TAKE(ws->error, double, c * t.padded);
  VB_TAKE(ws->along, double, m * c);
  VB_TAKE(ws->pull, double, m * c);
  VB_TAKE(ws->shift, double, m * c);
  VB_TAKE(ws->color, double, m * c);
  VB_TAKE(ws->slope, double, m * c);
  VB_TAKE(ws->cross, double, m * c);
  VB_TAKE(ws->weights, double, m);
  VB_TAKE(ws->inner, double, m);
  return at;
}
#undef VB_TAKE

int64_t vb_colored_table_bytes(const vb_colored_step *p) {
  vb_colored_tables_t t;
  return table_layout(p, 0, &t);
}

int64_t vb_colored_workspace_bytes(const vb_colored_step *p) {
  vb_colored_workspace_t ws;
  return workspace_layout(p, 0, &ws);
}

#define VB_BODY "colored_step.inc.h"
#include "each_isa.h"

void vb_colored_prepare(const vb_colored_step *p, void *tables) {
  vb_colored_tables_t t;
  memset(tables, 0, (size_t)table_layout(p, tables, &t));
  for (int64_t k = 0; k < p->template_count; k++) {
    memcpy(t.base + k * t.padded, p->base + k * p->pixels, (size_t)p->pixels * sizeof(double));
    for (int64_t pixel = 0; pixel < p->pixels; pixel++)
      t.columns[pixel * t.width + p->component_count + k] = (float)p->base[k * p->pixels + pixel];
  }
}

void vb_colored_tables(const vb_colored_step *p, int64_t first, int64_t last, void *tables) {
  vb_colored_tables_t t;
  table_layout(p, tables, &t);
#if defined(VB_X86)
  if (vb_isa_level() == 4) return colored_tables_v4(p, first, last, &t);
  if (vb_isa_level() == 3) return colored_tables_v3(p, first, last, &t);
#endif
  colored_tables_base(p, first, last, &t);
}

void vb_colored_range(const vb_colored_step *p, int64_t first, int64_t last, const void *tables, void *workspace,
                      double *gradient, double *loss, int64_t *active) {
  vb_colored_tables_t t;
  vb_colored_workspace_t ws;
  table_layout(p, (char *)tables, &t);
  workspace_layout(p, workspace, &ws);
#if defined(VB_X86)
  if (vb_isa_level() == 4) return colored_range_v4(p, first, last, &t, &ws, gradient, loss, active);
  if (vb_isa_level() == 3) return colored_range_v3(p, first, last, &t, &ws, gradient, loss, active);
#endif
  colored_range_base(p, first, last, &t, &ws, gradient, loss, active);
}
