/** The contract suite of the router, {@link io.webchat.core.contract.router.ChatRouterContract}, and its parts. */
@NullMarked
package io.webchat.core.contract.router;

import org.jspecify.annotations.NullMarked;
