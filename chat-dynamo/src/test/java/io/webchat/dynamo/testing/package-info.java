/** Real DynamoDB Local servers for tests, ours and those of applications, without Docker. */
@NullMarked
package io.webchat.dynamo.testing;

import org.jspecify.annotations.NullMarked;
