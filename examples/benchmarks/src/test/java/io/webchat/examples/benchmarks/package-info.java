/** Smoke tests of the benchmarks. */
@NullMarked
package io.webchat.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
