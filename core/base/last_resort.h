// What a program does with an exception that nothing else took.
#pragma once

#include <functional>

namespace weir {

/// The exit code of a program that ran out of memory or threads, and of one that cannot go on.
inline constexpr int kCannotGoOn = 2;

/// Runs `run` and returns what it returns. What it throws, on this thread or (then the program ends at once) on another
/// or in a destructor, becomes one line on stderr, such as "weir-cli: not enough memory", and exit code kCannotGoOn.
/// `program`: a string literal.
int guarded(const char* program, const std::function<int()>& run);

/// Writes that line for the exception being handled.
void sayException();

}  // namespace weir
