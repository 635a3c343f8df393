// SPDX-License-Identifier: MIT
// Run-time choice among copies of the same source compiled for AVX-512, AVX2 and the base machine.
// A kernel file includes its body once per instruction set, with VB_NAME giving each copy its suffix.
#ifndef VERBATIM_DISPATCH_H
#define VERBATIM_DISPATCH_H

#if defined(__x86_64__)
#define VB_X86 1
#endif

// 4: AVX-512 (x86-64-v4), 3: AVX2 and FMA (x86-64-v3), 0: what every machine has.
int vb_isa_level(void);
// Whether level 4 has the dot products of bytes (AVX-512 VNNI), and those of bfloat16 (AVX-512 BF16), too.
int vb_isa_has_vnni(void);
int vb_isa_has_bf16(void);

#define VB_CONCAT_(a, b) a##b
#define VB_CONCAT(a, b) VB_CONCAT_(a, b)
#define VB_INLINE static inline __attribute__((always_inline))
#endif
