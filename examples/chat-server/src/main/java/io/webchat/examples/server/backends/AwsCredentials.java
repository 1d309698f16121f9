package io.webchat.examples.server.backends;

import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Looks for credentials where AWS's tools look. */
final class AwsCredentials {
    private AwsCredentials() {}

    /**
     * Checks that there are some. Without this check the first request would fail with a sentence about each place that
     * was searched.
     *
     * @param option the option that needs them, for the sentence
     * @throws IllegalArgumentException when there are none
     */
    static void require(String option) {
        try (DefaultCredentialsProvider places =
                DefaultCredentialsProvider.builder().build()) {
            var unused = places.resolveCredentials();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    option + ": no credentials of AWS were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a"
                            + " profile or role for AWS's tools",
                    e);
        }
    }
}
