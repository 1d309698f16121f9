/**
 * The kit for tests of the engine through the public API: nodes and clients in one process, on backends that can be
 * made to fail. The tests stand in the packages {@code direct}, {@code rooms}, {@code recovery} and {@code model}; each
 * has suites that a test class of another adapter extends to run them on its backends.
 */
@NullMarked
package io.webchat.core.engine;

import org.jspecify.annotations.NullMarked;
