/** DynamoDB for a chat in an application on Spring Boot 3.5 or 4: the property {@code webchat.dynamo.table} is enough. */
@NullMarked
package io.webchat.dynamo.spring;

import org.jspecify.annotations.NullMarked;
