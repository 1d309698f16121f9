/**
 * The history of conversations, as a user reads it. {@link io.webchat.core.calllog.CallLogs} returns conversations,
 * messages with their present state, receipts and unread counts.
 */
@NullMarked
package io.webchat.core.calllog;

import org.jspecify.annotations.NullMarked;
