/** Smoke tests of the load driver. */
@NullMarked
package io.webchat.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
