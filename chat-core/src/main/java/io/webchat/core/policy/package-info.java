/**
 * What the application decides: which messages may be sent, and who may reach and see whom. Give the policies to {@link
 * io.webchat.core.Chat.Builder}.
 */
@NullMarked
package io.webchat.core.policy;

import org.jspecify.annotations.NullMarked;
