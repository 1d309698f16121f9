/** The contract suite of the router: implement {@link io.webchat.core.contract.router.ChatRouterContract} to run it. */
@NullMarked
package io.webchat.core.contract.router;

import org.jspecify.annotations.NullMarked;
