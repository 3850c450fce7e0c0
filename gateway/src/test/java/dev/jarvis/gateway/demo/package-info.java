@org.jspecify.annotations.NullMarked
package dev.jarvis.gateway.demo;
