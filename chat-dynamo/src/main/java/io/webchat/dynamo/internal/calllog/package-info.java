/**
 * The call log in the table: messages written in batches, watermarks written once per interval, pages of messages and
 * of conversations. {@link io.webchat.dynamo.internal.calllog.TableCallLog} is its entry point.
 */
@NullMarked
package io.webchat.dynamo.internal.calllog;

import org.jspecify.annotations.NullMarked;
