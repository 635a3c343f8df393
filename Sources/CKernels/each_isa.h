// SPDX-License-Identifier: MIT
// Includes a kernel's body (VB_BODY) once per instruction set; VB_NAME gives each copy its suffix, VB_LEVEL its level.
// No include guard: each kernel file includes it once, after dispatch.h.

#if defined(VB_X86)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define VB_NAME(name) VB_CONCAT(name, _v4)
#define VB_LEVEL 4
#include VB_BODY
#undef VB_LEVEL
#undef VB_NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define VB_NAME(name) VB_CONCAT(name, _v3)
#define VB_LEVEL 3
#include VB_BODY
#undef VB_LEVEL
#undef VB_NAME
#pragma clang attribute pop
#endif

#define VB_NAME(name) VB_CONCAT(name, _base)
#define VB_LEVEL 0
#include VB_BODY
#undef VB_LEVEL
#undef VB_NAME
