package io.webchat.examples.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** Signs test users in as their clients would. */
final class SignInHelp {
    private SignInHelp() {}

    /** A token for this user, who is registered where need be. */
    static String token(int port, String user) throws Exception {
        HttpResponse<String> answer = new Rest(port, "")
                .post("/v1/login", "{\"user\":\"" + user + "\",\"password\":\"the password of " + user + "\"}");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body()).path("token").textValue();
    }
}
