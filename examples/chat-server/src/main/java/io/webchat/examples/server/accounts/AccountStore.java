package io.webchat.examples.server.accounts;

import io.webchat.core.ids.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps users' password hashes. Stages fail with a {@code ChatException}, {@code unavailable} where the store does not
 * answer. Safe for use by any number of threads.
 */
public interface AccountStore {
    /** The hash of a user's password that any node added last; empty if the user does not exist. */
    CompletionStage<Optional<String>> find(UserId user);

    /**
     * Replaces the hash of a user, if it is the expected one. Of any number of calls at once with the same expected
     * hash and different new ones, on whatever nodes, one replaces it. A repetition of that call changes nothing.
     *
     * @return whether the user has the new hash now
     */
    CompletionStage<Boolean> replace(UserId user, String expected, String hash);

    /**
     * Adds a user, unless there is one of this id: of any number of calls at once, on whatever nodes, one wins.
     *
     * @return whether it was added. After a lost connection this may be false for the call that won
     */
    CompletionStage<Boolean> add(UserId user, String hash);
}
