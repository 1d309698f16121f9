package io.webchat.examples.docs.given;

import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/** The application's sign-ins. */
public interface Users {
    /** Whose token it is. */
    CompletionStage<UserId> ofToken(String token);
}
