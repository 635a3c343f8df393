// SPDX-License-Identifier: MIT
#ifndef VERBATIM_ISA_H
#define VERBATIM_ISA_H
// Name of the instruction set the kernels run with: "avx512", "avx2" or "base".
const char *vb_isa_name(void);
#endif
