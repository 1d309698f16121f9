/**
 * What clients saw while servers failed, and whether it keeps the promises of {@code docs/guarantees.md}: a history is
 * recorded while a test runs, and judged afterwards by a function that knows nothing but the history.
 */
@NullMarked
package io.webchat.examples.server.history;

import org.jspecify.annotations.NullMarked;
