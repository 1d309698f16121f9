/**
 * The load driver: many real Socket.IO clients in one process against servers in processes of their own, and the
 * contests between them. A contest starts its servers, runs its rounds, prints a table and ends everything.
 */
@NullMarked
package io.webchat.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
