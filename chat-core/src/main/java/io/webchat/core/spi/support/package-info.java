/**
 * Helpers for the authors of adapters: unwrapping the failure of a stage, waiting between retries, limiting log lines,
 * and recognising a resend.
 */
@NullMarked
package io.webchat.core.spi.support;

import org.jspecify.annotations.NullMarked;
