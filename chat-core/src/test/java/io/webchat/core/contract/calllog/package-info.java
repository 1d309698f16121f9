/** The contract suite of the call log: implement {@link io.webchat.core.contract.calllog.CallLogStoreContract} to run it. */
@NullMarked
package io.webchat.core.contract.calllog;

import org.jspecify.annotations.NullMarked;
