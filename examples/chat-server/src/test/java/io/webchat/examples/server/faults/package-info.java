/**
 * The fault suite: nodes, Redis and DynamoDB as processes that die, stop, lose data and lose touch by a random
 * schedule, while clients send, resend and remember. What they saw is judged by
 * {@link io.webchat.examples.server.history.Checker}.
 */
@NullMarked
package io.webchat.examples.server.faults;

import org.jspecify.annotations.NullMarked;
