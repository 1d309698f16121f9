/** Benchmarks of webchat on a real Redis that they start themselves; {@code README.md} tells how to run them. */
@NullMarked
package io.webchat.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
