/**
 * The durable record of conversations. {@link io.webchat.core.spi.calllog.CallLogStore} records messages, amendments
 * and receipts, and reads them again.
 */
@NullMarked
package io.webchat.core.spi.calllog;

import org.jspecify.annotations.NullMarked;
