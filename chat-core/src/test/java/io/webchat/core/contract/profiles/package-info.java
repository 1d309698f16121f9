/** The contract suite of the profile store: implement {@link io.webchat.core.contract.profiles.ProfileStoreContract} to run it. */
@NullMarked
package io.webchat.core.contract.profiles;

import org.jspecify.annotations.NullMarked;
