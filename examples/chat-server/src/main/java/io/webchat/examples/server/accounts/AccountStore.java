package io.webchat.examples.server.accounts;

import io.webchat.core.ids.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps one text for each user: in one store the hash of the password, in another the browsers that want pushes. Stages
 * fail with a {@code ChatException}, {@code unavailable} where the store does not answer. Safe for use by any number of
 * threads.
 */
public interface AccountStore {
    /** The text of a user that any node wrote last; empty if there is none. */
    CompletionStage<Optional<String>> find(UserId user);

    /**
     * Replaces the text of a user, if it is the expected one. Of any number of calls at once with the same expected
     * text and different new ones, on whatever nodes, one replaces it. A repetition of that call changes nothing.
     *
     * @return whether the user has the new text now
     */
    CompletionStage<Boolean> replace(UserId user, String expected, String text);

    /**
     * Adds the text of a user who has none: of any number of calls at once, on whatever nodes, one wins.
     *
     * @return whether it was added. After a lost connection this may be false for the call that won
     */
    CompletionStage<Boolean> add(UserId user, String text);
}
