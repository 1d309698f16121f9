/** Metrics through Micrometer; the host adds {@code micrometer-core} to its dependencies. */
@NullMarked
package io.webchat.core.micrometer;

import org.jspecify.annotations.NullMarked;
