/**
 * The contract suite of the profile store,
 * {@link io.webchat.core.contract.profiles.ProfileStoreContract}, and its parts.
 */
@NullMarked
package io.webchat.core.contract.profiles;

import org.jspecify.annotations.NullMarked;
