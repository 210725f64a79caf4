CREATE DATABASE "analytics";
