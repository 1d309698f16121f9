/**
 * Real DynamoDB Local servers for tests, ours and those of applications, without Docker. Whoever takes this test-jar
 * takes {@code software.amazon.dynamodb:DynamoDBLocal} too, in test scope: its licence forbids handing it on.
 */
@NullMarked
package io.webchat.dynamo.testing;

import org.jspecify.annotations.NullMarked;
