package io.webchat.core.spi;

import io.webchat.core.ids.UserId;
import java.util.concurrent.CompletionStage;

/** An ability of a {@link ProfileStore}: it can remove what it has of a user. */
public interface ProfileRemoval {
    /** Removes the user's profile and the user's blocks. Blocks of others on this user stay. Repeating it is safe. */
    CompletionStage<Void> remove(UserId user);
}
