#pragma once

namespace assay::similarity {

/// exp, log and power that give the same bits on every machine. The C library's differ between versions, and between
/// processors with and without fused multiplication, and a score is compared with a threshold and kept for years.
/// Computed with about 100 bits and rounded once, so they are the nearest double but for ties nobody meets; another
/// implementation with an error below one unit in the last place differs from them by at most that unit.

double exponential(double x);
double logarithm(double x);  ///< natural; -infinity for 0, NaN below
double power(double base,
             double exponent);  ///< base >= 0; whole exponents up to 64 by multiplication, others to a few units

}  // namespace assay::similarity
