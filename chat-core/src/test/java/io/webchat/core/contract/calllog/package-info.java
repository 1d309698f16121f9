/** The contract suite of the call log, {@link io.webchat.core.contract.calllog.CallLogStoreContract}, and its parts. */
@NullMarked
package io.webchat.core.contract.calllog;

import org.jspecify.annotations.NullMarked;
